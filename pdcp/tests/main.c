// SPDX-License-Identifier: GPL-2.0
/* Every file of this folder registers its own suite; see the results in debugfs. */

#include <linux/module.h>

MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
MODULE_DESCRIPTION("NR PDCP: KUnit suites");
MODULE_LICENSE("GPL");
