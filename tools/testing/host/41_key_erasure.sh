#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Keys are in their ciphers and nowhere else in memory, and gone when these are.

exec "$(dirname "$0")/../erasure/run" keys.sh
