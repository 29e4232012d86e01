// SPDX-License-Identifier: GPL-2.0

#ifndef __CHECKER__
#define CREATE_TRACE_POINTS
#include "pdcp/trace.h"
#endif
