// SPDX-License-Identifier: GPL-2.0

#include "fpu.h"
#include "level.h"
#include "nea.h"
#include "nia.h"
#include "selftest.h"

#include <linux/module.h>

static int __init pdcp_crypto_init(void)
{
	int err;

	err = pdcp_level_init();
	if (err)
		return err;
	err = fpu_init();
	if (err)
		return err;
	err = nea_skcipher_register();
	if (err)
		goto err_fpu;
	err = nia_shash_register();
	if (err)
		goto err_nea;
	err = pdcp_selftest_run();
	if (err)
		goto err_nia;
	return 0;

err_nia:
	nia_shash_unregister();
err_nea:
	nea_skcipher_unregister();
err_fpu:
	fpu_exit();
	return err;
}

static void __exit pdcp_crypto_exit(void)
{
	nia_shash_unregister();
	nea_skcipher_unregister();
	fpu_exit();
}

module_init(pdcp_crypto_init);
module_exit(pdcp_crypto_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("128-NEA and 128-NIA algorithms of TS 33.501 (NR PDCP)");
