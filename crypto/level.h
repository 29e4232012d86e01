/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_LEVEL_H
#define _PDCP_LEVEL_H

#include <linux/types.h>

/* What lane code needs of the processor; each level includes those before it. */
enum pdcp_level {
	PDCP_LEVEL_PORTABLE,
	PDCP_LEVEL_AESNI,	/* AES, PCLMULQDQ, SSE4.1, AVX (128-bit) */
	PDCP_LEVEL_AVX2,	/* AVX2, BMI1, BMI2 */
	PDCP_LEVEL_VAES,	/* VAES on 256 bits */
	PDCP_LEVEL_AVX512,	/* AVX512 F, VL, BW, DQ, VBMI, VBMI2; VPCLMULQDQ, GFNI */
	__PDCP_LEVELS,
};

/**
 * pdcp_level_init - find the highest level that the processor has and "force=" allows
 *
 * Return: 0, -EINVAL for an unknown name, -ENODEV for a level the processor lacks.
 */
int pdcp_level_init(void);

/**
 * pdcp_level_usable - may lane code of this level run?
 * @level: level
 *
 * After pdcp_level_init().
 *
 * Return: whether it may.
 */
bool pdcp_level_usable(enum pdcp_level level);

/**
 * pdcp_level_forced - did "force=" name a level?
 *
 * Then what does not work is an error, otherwise a lower level is taken.
 *
 * Return: whether it did.
 */
bool pdcp_level_forced(void);

const char *pdcp_level_name(enum pdcp_level level);

#endif /* _PDCP_LEVEL_H */
