#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# .clang-format is law: fails on a difference. Other versions than 14 format otherwise: skipped then.
command -v clang-format >/dev/null || { echo "1..0 # SKIP no clang-format"; exit 0; }
clang-format --version | grep -q 'version 14\.' ||
  { echo "1..0 # SKIP clang-format is not version 14"; exit 0; }
cd "$1" || exit 1
echo 1..1
if find src tests -name '*.[ch]' -print0 | xargs -0 -P 2 -n 20 clang-format --dry-run --Werror \
  >/dev/null 2>&1; then
  echo "ok 1 format"
else
  find src tests -name '*.[ch]' -print0 | xargs -0 clang-format --dry-run 2>&1 | grep warning: |
    sed 's/^/# /'
  echo "not ok 1 format"
  exit 1
fi
