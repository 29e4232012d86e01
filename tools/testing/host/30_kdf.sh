#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Key derivation of libpdcp, which needs no module.

kdf=$(dirname "$0")/../kdf
make -s -C "$kdf" && exec "$kdf/kdf"
