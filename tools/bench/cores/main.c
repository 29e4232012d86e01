// SPDX-License-Identifier: GPL-2.0
/*
 * Measures lane code against libipsec-mb on one core, in turns. Prints lines
 * "cores NAME LEVEL OCTETS BATCH MEDIAN LOW HIGH KEPT PEER-MEDIAN PEER SPEED", in cycles of the
 * time stamp counter for an octet, or "noisy" in place of the last seven. Both have to agree.
 */

#define _GNU_SOURCE
#include "cores.h"
#include "measure.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

struct work work;
u8 keys[2][16];

static const struct work algorithms[] = {
	{ .nea = 1 }, { .nea = 2 }, { .nea = 3 }, { .nia = 1 }, { .nia = 2 }, { .nia = 3 },
	{ .nea = 1, .nia = 1 }, { .nea = 2, .nia = 2 }, { .nea = 3, .nia = 3 },
};

static const char *const level_names[] = { "portable", "aesni", "avx2", "vaes", "avx512" };

static bool here(enum pdcp_level level)
{
	switch (level) {
	case PDCP_LEVEL_AESNI:
		return __builtin_cpu_supports("aes") && __builtin_cpu_supports("avx");
	case PDCP_LEVEL_AVX2:
		return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
	case PDCP_LEVEL_VAES:
		return __builtin_cpu_supports("vaes") && __builtin_cpu_supports("avx2");
	case PDCP_LEVEL_AVX512:
		return __builtin_cpu_supports("vaes") && __builtin_cpu_supports("gfni") &&
		       __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512bw");
	default:
		return false;
	}
}

static void name_work(char *name, size_t size)
{
	if (work.nea && work.nia)
		snprintf(name, size, "NEA%u+NIA%u", work.nea, work.nia);
	else
		snprintf(name, size, work.nea ? "NEA%u" : "NIA%u", work.nea + work.nia);
}

static void fill(void)
{
	unsigned int i, j;

	for (i = 0; i < JOBS; i++) {
		for (j = 0; j < LEN_MAX; j++)
			ours[i].in[FRONT + j] = rand();
		pdcp_nonce_pack(ours[i].nonce, 1000 + i, 5, 1);
		memcpy(peer[i].nonce, ours[i].nonce, sizeof(peer[i].nonce));
	}
	for (i = 0; i < sizeof(keys[0]); i++) {
		keys[0][i] = rand();
		keys[1][i] = rand();
	}
}

/* The MAC-I of ipsec-mb goes behind the message, where a longer one has octets. */
static void same_input(void)
{
	unsigned int i;

	for (i = 0; i < JOBS; i++)
		memcpy(peer[i].in, ours[i].in, sizeof(peer[i].in));
}

static bool agree(void)
{
	size_t len = work.len + (work.nia ? PDCP_BATCH_MAC_LEN : 0);
	unsigned int i;

	ours_run();
	peer_run();
	for (i = 0; i < work.n; i++) {
		if (work.nea && memcmp(ours[i].out + FRONT, peer[i].out + FRONT, len))
			return false;
		if (!work.nea && memcmp(ours[i].tag, peer[i].tag, PDCP_BATCH_MAC_LEN))
			return false;
	}
	return true;
}

static void bench(enum pdcp_level level)
{
	double octets = (double)work.n * work.len;
	unsigned int repeat = 1 + 20000 / (work.n * (work.len + 100)), tries = 25;
	struct measured m;
	bool told = false;
	char name[32];

	name_work(name, sizeof(name));
	if ((work.nea == 3 || work.nia == 3) && work.len > 8188)
		return;		/* ipsec-mb's limit */
	same_input();
	peer_init();
	if (!ours_init(level))
		return;
	if (!agree()) {
		fprintf(stderr, "%s at %s, %u of %u octets: ours and ipsec-mb's differ\n", name,
			level_names[level], work.n, work.len);
		exit(1);
	}
	printf("cores %s %s %u %u ", name, level_names[level], work.len, work.n);
	while (tries-- && !(told = measure(&m, ours_run, peer_run, repeat)))
		;
	if (told)
		printf("%.3f %.3f %.3f %.0f %.3f %s %.2f\n", m.ours / octets, m.low / octets,
		       m.high / octets, m.kept * 100, m.peer / octets, peer_version(), m.speed);
	else
		printf("noisy\n");
	fflush(stdout);
}

/* One processor, the last, which has the fewest interrupts. */
static void stay(void)
{
	cpu_set_t set;
	int cpu;

	if (sched_getaffinity(0, sizeof(set), &set))
		return;
	for (cpu = CPU_SETSIZE - 1; cpu && !CPU_ISSET(cpu, &set); cpu--)
		;
	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

/* With argument "trial" each window counts, however busy the machine is. */
int main(int argc, char **argv)
{
	static const u32 lens[] = { 64, 256, 1400, 9000 };
	enum pdcp_level level;
	unsigned int a, l;

	trial = argc > 1 && !strcmp(argv[1], "trial");
	stay();
	fill();
	for (a = 0; a < ARRAY_SIZE(algorithms); a++) {
		for (l = 0; l < ARRAY_SIZE(lens); l++) {
			for (level = PDCP_LEVEL_AESNI; level < __PDCP_LEVELS; level++) {
				work = algorithms[a];
				work.len = lens[l];
				for (work.n = 1; here(level) && work.n <= JOBS; work.n += JOBS - 1)
					bench(level);
			}
		}
	}
	return 0;
}
