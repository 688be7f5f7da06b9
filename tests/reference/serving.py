# SPDX-License-Identifier: GPL-3.0-or-later
"""The serving model written a second time, from its description and the data files alone."""
import csv
import json
import math
import pathlib

GIB = 2.0 ** 30
WEIGHTS = ['fp16', 'fp8', 'int8', 'fp4', 'mxfp4', 'int4', 'q4_k_m']
KV = ['fp16', 'fp8', 'int8']
ENGINES = ['vllm', 'sglang', 'tensorrt-llm']
BYTES = {'fp16': 2, 'fp8': 1, 'int8': 1, 'fp4': 0.5625, 'int4': 0.5625, 'mxfp4': 0.53125, 'q4_k_m': 0.61}
GDDR_BOARDS = {'A10G', 'A10', 'A40', 'A6000', 'RTX3090'}
BUDGET, MOST_SEQUENCES, LEAST_CHUNK = 8192, 2048, 256


def number(text):
    return float(text) if text not in ('', None) else 0.0


class Data:
    def __init__(self, folder):
        folder = pathlib.Path(folder) / 'serving'
        self.models = {row['model']: row for row in csv.DictReader(open(folder / 'models.csv', encoding='utf-8'))}
        self.gpus = {row['key']: row for row in csv.DictReader(open(folder / 'gpus.csv', encoding='utf-8'))}
        self.constants = json.loads((folder / 'constants.json').read_text())


class Replica:
    """t, g, a; weights w, kv b, of one model on one GPU."""

    def __init__(self, data, model, gpu, t, g, a, weights, kv, engine, efficiency=1.0):
        self.c = data.constants
        m, self.g, self.engine, self.efficiency = data.models[model], g, engine, efficiency
        self.a = max(a, 1)
        self.t = 1 if self.a > 1 else t
        self.ranks_of_experts = max(t, self.a)
        (self.L, self.h, self.n_q, self.n_kv, self.d, self.V, self.f, self.mats, self.E, self.k, self.f_e, self.f_s,
         self.L_d) = (number(m[name]) for name in (
             'layers', 'hidden', 'heads', 'kv_heads', 'head_dim', 'vocab', 'ffn', 'ffn_mats', 'experts', 'topk',
             'moe_ffn', 'shared_ffn', 'dense_layers'))
        self.tied = number(m['tied_emb']) != 0
        self.mla = m['attn'] == 'mla'
        self.cl, self.c_q, self.r, self.p, self.v = (number(m[name]) for name in (
            'kv_lora', 'q_lora', 'rope_dim', 'nope_dim', 'v_dim'))
        self.L_g, self.L_w, self.window = (number(m[name]) for name in ('kv_layers', 'swa_layers', 'swa_window'))
        self.L_m = self.L - self.L_d if self.E else 0
        self.set_parameters()
        self.set_bytes(model, weights, kv)
        self.set_rates(data.gpus[gpu], weights)

    def set_parameters(self):
        h, n_q = self.h, self.n_q
        if self.mla:
            self.A = self.L * (h * self.c_q + self.c_q * n_q * (self.p + self.r) + h * (self.cl + self.r)
                               + self.cl * n_q * (self.p + self.v) + n_q * self.v * h)
        else:
            self.A = self.L * (2 * h * n_q * self.d + 2 * h * self.n_kv * self.d)
        self.D = self.L_d * self.f * h * self.mats
        self.S = self.L_m * (3 * h * self.f_s + h * self.E)
        self.e = 3 * self.L_m * h * self.f_e
        self.U = self.V * h

    def set_bytes(self, model, weights, kv):
        self.w = BYTES[weights]
        wide = model.startswith('gpt-oss') or (self.mla and self.w < 1)
        self.w_a = 2 if wide else self.w
        b = 2 if kv == 'fp16' else 1
        if self.mla:
            self.kv_layer = (self.cl + self.r) * b
        else:
            shared = 1 if self.a > 1 else min(self.t, self.n_kv)
            self.kv_layer = 2 * self.n_kv * self.d * b / shared

    def set_rates(self, gpu, weights):
        c, arch = self.c, gpu['arch']
        bandwidth = number(gpu['mem_bw_gbs'])
        gddr = (bandwidth < 1850 and arch in ('Ada', 'Blackwell', 'Turing')) or gpu['key'] in GDDR_BOARDS
        cdna, blackwell = arch.startswith('CDNA'), arch == 'Blackwell'
        kappa = c['k_rtx'] if gddr and blackwell else c['k_cdna'] if cdna else 1
        beta = c['b_gddr'] if gddr else c['b_cdna'] if cdna else 1
        p16, p8, i8, p4 = (1e12 * number(gpu[name]) for name in (
            'bf16_dense_tflops', 'fp8_dense_tflops', 'int8_dense_tops', 'fp4_dense_tflops'))
        rate = c['e_c16'] * p16
        if weights == 'int8' and i8:
            rate = c['e_c8'] * i8
        if weights in ('fp8', 'fp4') and p8:
            rate = c['e_c8'] * p8
        if weights == 'fp4' and p4 and arch in ('Blackwell', 'CDNA4'):
            rate = c['e_c4'] * p4
        sustained = kappa * (number(gpu['sustained_compute']) or 1)
        self.F, self.F16, self.F_a = rate * sustained, c['e_c16'] * p16 * sustained, c['e_att'] * p16 * sustained
        self.R_w, self.R_k = c['e_bw'] * bandwidth * 1e9 * beta, c['e_kv'] * bandwidth * 1e9 * beta
        self.nvlink = 'PCIe' not in gpu['link_type']
        self.X = number(gpu['link_unidir_gbs']) * 1e9 * (c['e_link'] if self.nvlink else c['e_pcie'])
        self.o = c['o_blw'] if blackwell else 1
        self.M = number(gpu['mem_gib']) * GIB

    # ---- memory ----

    def tokens(self, x):
        return self.L_g * x + self.L_w * min(x, self.window)

    def kv(self, x):
        return self.tokens(x) * self.kv_layer / self.g

    def dense_bytes(self):
        return (self.A * self.w_a + (self.D + self.S) * self.w) / (self.t * self.g)

    def weight_bytes(self):
        return (self.dense_bytes() + self.E * self.e * self.w / (self.ranks_of_experts * self.g)
                + 2 * self.U * (1 if self.tied else 2) / self.t)

    def b_max(self, context):
        return (0.90 * self.M - self.weight_bytes() - self.c['resv'] * GIB) / self.kv(context) / self.g

    # ---- one step ----

    def experts(self, n):
        if not self.E:
            return 0.0
        routed, share = n * self.a, self.ranks_of_experts * self.g
        touched = self.E * (1 - (1 - self.k / self.E) ** routed)
        return (2 * routed * self.k * self.e / (share * self.F) + touched * (self.e * self.w / share) / self.R_w
                + self.c['c_moe'] * self.h * (routed * self.k / self.ranks_of_experts) * (self.L_m / self.g) / self.R_w
                + self.c['t_moel'] * self.o * self.L_m / self.g)

    def attention(self, n_d, x, n_p, y):
        decode = 2 * self.n_q * (2 * self.cl + self.r) if self.mla else 4 * self.n_q * self.d
        prefill = 2 * self.n_q * (self.p + self.r + self.v) if self.mla else 4 * self.n_q * self.d
        rate = self.g * self.t * self.F_a
        return (n_d * decode * self.tokens(x) / rate + n_d * self.kv(x) / self.R_k
                + n_p * prefill * self.tokens(y) / rate)

    def links(self, n):
        if self.a > 1:
            return self.L_m / self.g * (2 * self.c['alpha'] + 3 * n * self.h * min(self.k, self.a)
                                        * (self.a - 1) / self.a / self.X)
        if self.t > 1:
            return 2 * self.L / self.g * (self.c['alpha'] * math.log2(self.t) * (1 if self.nvlink else 2)
                                          + 2 * (self.t - 1) / self.t * n * self.h * 2 / self.X)
        return 0.0

    def step(self, n_d, x, n_p, y):
        n = n_d + n_p
        parts = [
            2 * n * (self.A + self.D + self.S) / (self.g * self.t * self.F) + self.dense_bytes() / self.R_w,
            self.experts(n),
            (2 * n_d * self.U / (self.t * self.F16) + 2 * self.U / (self.t * self.R_w)) / self.g,
            self.attention(n_d, x, n_p, y),
            self.links(n),
            (self.c['t_lay'] * self.o * self.L / self.g + self.c['t_tok'] * n
             + (self.c['t_sgl'] if self.engine == 'sglang' else 0)),
        ]
        return [part / self.efficiency for part in parts]

    # ---- steady state ----

    def steady(self, batch, prompt, output, hit):
        computed = prompt * (1 - hit)
        decode = min(batch, BUDGET / (1 + computed / output))
        owed = decode * computed / output
        chunk = min(max(BUDGET - decode, LEAST_CHUNK), max(computed, owed))
        phi = min(1.0, owed / chunk) if owed > 0 else 0.0
        prefill = owed if phi >= 1 else chunk
        x = prompt + output / 2
        mixed = self.step(decode, x, prefill, prompt - computed / 2)
        plain = self.step(decode, x, 0, 0)
        return decode, [phi * a + (1 - phi) * b for a, b in zip(mixed, plain)]

    def interval(self, batch, prompt, output, hit):
        return sum(self.steady(batch, prompt, output, hit)[1]) * self.g

    def evaluate(self, prompt, output, tpot=0.0, concurrency=0.0, n_requests=0.0, whole=False, hit=0.0):
        ranks = self.a * self.g
        result = {'b_max': self.b_max(prompt + output), 'weights': self.weight_bytes() / GIB,
                  'kv': self.kv(prompt + output) / GIB}
        result['fits'] = result['b_max'] >= 1
        if not result['fits']:
            return result
        batch = min(result['b_max'], MOST_SEQUENCES / self.g)
        if concurrency:
            batch = min(batch, concurrency / ranks)
        if n_requests:
            slots = batch * ranks
            batch = (n_requests / math.ceil(n_requests / slots) if slots < n_requests else n_requests) / ranks
        if tpot:
            batch = self.within(batch, prompt, output, hit, tpot)
        if whole and batch > 1:
            batch = math.floor(batch)
        decode, parts = self.steady(batch, prompt, output, hit)
        interval = sum(parts) * self.g
        computed = prompt * (1 - hit)
        own = sum(self.step(0, 0, computed, prompt - computed / 2)) * self.g
        result.update(batch=batch, sequences=decode * ranks, speed=decode * ranks / interval, tpot=interval,
                      ttft=(0.200 if self.engine == 'sglang' else 0.025) + 0.5 * interval + 1.2 * own, parts=parts)
        return result

    def within(self, most, prompt, output, hit, target):
        """The largest batch that meets the target; one sequence where none does."""
        if self.interval(most, prompt, output, hit) <= target:
            return most
        low, high = 0.0, most
        for _ in range(200):
            middle = (low + high) / 2
            if self.interval(middle, prompt, output, hit) <= target:
                low = middle
            else:
                high = middle
        return max(low, min(1.0, most))
