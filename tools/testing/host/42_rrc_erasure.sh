#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What RRC and key derivation in user space leave is in their files and nowhere else in memory.

exec "$(dirname "$0")/../erasure/run" rrc.sh
