/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a SIMD driver offers to the batch: lane code. It is called inside an FPU section, with
 * 1 to PDCP_BATCH_RUN jobs whose keys and lengths differ; it calls nothing of the kernel and is
 * compiled with flags of its own. It may use LANES_SCRATCH octets of this processor's, aligned
 * to 64, and erases what it wrote there. The registers are cleared by whoever closes the
 * section (fpu.h), and so is the stack that lane code used: LANES_STACK octets at most, which
 * the build checks.
 *
 * Of a job it sees, in octets from the beginning of the message:
 *
 *	0 .. clear	header, only authenticated
 *	clear .. end	what is ciphered: body, and MAC-I if there is one
 *	0 .. auth	what is authenticated
 *
 * The result goes to @dst. The input is at @dst, too, except for a window @from .. @to of it
 * that lies elsewhere, so that octet i, @from <= i < @to, is at @src + i. Copies of the first
 * and the last LANES_SEAM octets of the window are at @dst where they are needed: any LANES_SEAM
 * or fewer octets in a row that a cipher or a MAC has to read are found together either in the
 * window or at @dst, see lanes_in(). Without a window @from and @to are 0. An input octet at
 * @dst is lost when output is written there.
 */
#ifndef _PDCP_LANES_H
#define _PDCP_LANES_H

#include "batch.h"
#include "level.h"

enum {
	LANES_SEAM = 64,
	LANES_SCRATCH = 16 * 1024,
	LANES_STACK = 1024,
};

/**
 * struct nea_lanes - lane code of a cipher
 * @level: what it needs of the processor
 * @crypt: ciphers @clear .. @end of each job
 * @pair: what does this cipher and a MAC in one pass, or NULL
 */
struct nea_lanes {
	enum pdcp_level level;
	void (*crypt)(struct pdcp_job *const *jobs, unsigned int n, void *scratch);
	const struct pair_lanes *pair;
};

/**
 * struct nia_lanes - lane code of a MAC
 * @level: what it needs of the processor
 * @mac: writes the MAC-I over 0 .. @auth of each job to its @tag
 */
struct nia_lanes {
	enum pdcp_level level;
	void (*mac)(struct pdcp_job *const *jobs, unsigned int n, void *scratch);
};

/**
 * struct pair_lanes - lane code of a cipher and a MAC together, for jobs with @mac set
 * @nia: the MAC
 * @seal: the MAC-I over 0 .. @auth goes to @auth .. @end, then @clear .. @end is ciphered;
 *	  NULL: not better than one after the other
 * @open: deciphers @clear .. @end, then writes the MAC-I over 0 .. @auth to @tag; the caller
 *	  compares; may be NULL too
 */
struct pair_lanes {
	const struct nia_lanes *nia;
	void (*seal)(struct pdcp_job *const *jobs, unsigned int n, void *scratch);
	void (*open)(struct pdcp_job *const *jobs, unsigned int n, void *scratch);
};

extern const struct nea_lanes nea1_avx2_lanes, nea1_avx512_lanes;
extern const struct nea_lanes nea2_aesni_lanes, nea2_vaes_lanes, nea2_avx512_lanes;
extern const struct nea_lanes nea3_avx2_lanes, nea3_avx512_lanes;
extern const struct nia_lanes nia1_avx2_lanes, nia1_avx512_lanes;
extern const struct nia_lanes nia2_aesni_lanes, nia2_vaes_lanes, nia2_avx512_lanes;
extern const struct nia_lanes nia3_avx2_lanes, nia3_avx512_lanes;

/* Where the input octets @p .. @p + @n of a job are together, @n <= LANES_SEAM. */
static inline const u8 *lanes_in(const struct pdcp_job *job, u32 p, u32 n)
{
	return p >= job->from && p + n <= job->to ? job->src + p : job->dst + p;
}

#endif /* _PDCP_LANES_H */
