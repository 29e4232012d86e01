#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# After each outcome of a DAPS handover the keys that it released are nowhere in memory.

exec "$(dirname "$0")/../erasure/run" handover.sh
