// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "level.h"

#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>

#ifdef CONFIG_X86_64
#include <asm/cpufeature.h>
#endif
#ifdef CONFIG_X86
#include <asm/fpu/api.h>
#include <asm/fpu/types.h>
#endif

static const char * const names[] = { "portable", "aesni", "avx2", "vaes", "avx512" };

static char *force;
module_param(force, charp, 0444);
MODULE_PARM_DESC(force, "highest SIMD level to use: portable, aesni, avx2, vaes or avx512");

static enum pdcp_level highest;

#ifdef CONFIG_X86_64
/* User Mode Linux leaves the registers' state to the host, which has enabled what it shows. */
#ifdef CONFIG_X86
static bool has_state(u64 avx512)
{
	return cpu_has_xfeatures(XFEATURE_MASK_SSE | XFEATURE_MASK_YMM | avx512, NULL);
}
#else
#define XFEATURE_MASK_AVX512 0

static bool has_state(u64 avx512)
{
	return true;
}
#endif

static bool has_aesni(void)
{
	return boot_cpu_has(X86_FEATURE_AES) && boot_cpu_has(X86_FEATURE_PCLMULQDQ) &&
	       boot_cpu_has(X86_FEATURE_XMM4_1) && boot_cpu_has(X86_FEATURE_AVX) &&
	       has_state(0);
}

static bool has_avx2(void)
{
	return boot_cpu_has(X86_FEATURE_AVX2) && boot_cpu_has(X86_FEATURE_BMI1) &&
	       boot_cpu_has(X86_FEATURE_BMI2);
}

static bool has_avx512(void)
{
	return boot_cpu_has(X86_FEATURE_AVX512F) && boot_cpu_has(X86_FEATURE_AVX512VL) &&
	       boot_cpu_has(X86_FEATURE_AVX512BW) && boot_cpu_has(X86_FEATURE_AVX512DQ) &&
	       boot_cpu_has(X86_FEATURE_AVX512VBMI) && boot_cpu_has(X86_FEATURE_AVX512_VBMI2) &&
	       boot_cpu_has(X86_FEATURE_VPCLMULQDQ) && boot_cpu_has(X86_FEATURE_GFNI) &&
	       has_state(XFEATURE_MASK_AVX512);
}

static enum pdcp_level detect(void)
{
	if (!has_aesni())
		return PDCP_LEVEL_PORTABLE;
	if (!has_avx2())
		return PDCP_LEVEL_AESNI;
	if (!boot_cpu_has(X86_FEATURE_VAES))
		return PDCP_LEVEL_AVX2;
	return has_avx512() ? PDCP_LEVEL_AVX512 : PDCP_LEVEL_VAES;
}
#else
static enum pdcp_level detect(void)
{
	return PDCP_LEVEL_PORTABLE;
}
#endif

int pdcp_level_init(void)
{
	int forced;

	highest = detect();
	if (!force)
		return 0;
	forced = match_string(names, ARRAY_SIZE(names), force);
	if (forced < 0) {
		pr_err("force=%s: no such level\n", force);
		return -EINVAL;
	}
	if (forced > highest) {
		pr_err("force=%s: this processor has %s\n", force, names[highest]);
		return -ENODEV;
	}
	highest = forced;
	return 0;
}

bool pdcp_level_usable(enum pdcp_level level)
{
	return level <= highest;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_level_usable);

bool pdcp_level_forced(void)
{
	return force;
}

/**
 * pdcp_level_name - name of a level, as the parameter "force" has it
 * @level: level
 *
 * Return: the name.
 */
const char *pdcp_level_name(enum pdcp_level level)
{
	return names[level];
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_level_name);
