// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include <arpa/inet.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "args.h"
#include "hex.h"
#include "netns.h"
#include "output.h"
#include "packet.h"

static const char usage[] =
	"Usage: pdcpctl gen remote ADDRESS teid TEID [ port PORT ] [ local ADDRESS ]\n"
	"                   [ count N ] [ rate N ] { SDU [ HEADER ] | pdu HEX }\n"
	"where  SDU := { src ADDRESS dst ADDRESS [ size OCTETS ] | sdu HEX }\n"
	"       HEADER := [ type { srb | drb } ] [ sn { 12 | 18 } ] [ mac-i { on | off } ]\n"
	"                 [ first COUNT ]\n"
	"\n"
	"Sends G-PDUs to the UDP port of a leg, N (until interrupted), at N a second (1; 0 is as\n"
	"fast as it goes), of NEA0 and NIA0: a packet or SDU each, with COUNTs from FIRST (0) on;\n"
	"or the same PDU again and again.\n";

enum {
	GTPU_PORT = 2152,
	GTPU_LEN = 8,
	SDU_SIZE = 84,		/* unless given: as long as ping's */
	MAC_LEN = 4,
};

enum gen_type { GEN_DRB, GEN_SRB };

static const char *const type_words[] = { "drb", "srb" };
static const struct pdcp_names type_names = {
	.what = "type", .count = ARRAY_SIZE(type_words), .names = type_words,
};

/* Bits of args_keyword(), which stand for no attribute here. */
enum {
	GEN_REMOTE, GEN_TEID, GEN_PORT, GEN_LOCAL, GEN_COUNT, GEN_RATE, GEN_SRC, GEN_DST, GEN_SIZE,
	GEN_SDU, GEN_PDU, GEN_TYPE, GEN_SN, GEN_MAC, GEN_FIRST,
};

/*
 * struct gen - What is sent
 * @count: PDUs; 0 for no end
 * @rate: a second; 0 for as many as go
 * @src: with @dst and @size, of packets that are made
 * @sdu: octets of one that was given
 * @pdu: likewise
 * @mac: PDUs end with a MAC-I of zeros
 * @first: COUNT of the first PDU
 * @octets: G-PDU: GTP-U header, PDCP header, SDU, MAC-I
 * @body: of the SDU, or the PDU, in it
 * @len: of all
 */
struct gen {
	struct pdcp_addr remote;
	struct pdcp_addr local;
	uint32_t teid;
	uint16_t port;
	uint32_t count;
	uint32_t rate;
	struct pdcp_addr src;
	struct pdcp_addr dst;
	uint16_t size;
	const char *sdu;
	const char *pdu;
	int type;
	uint8_t sn;
	bool mac;
	uint32_t first;
	uint8_t octets[GTPU_LEN + 3 + PDCP_SDU_MAX + MAC_LEN];
	uint8_t *body;
	size_t len;
};

#define NS_PER_S	1000000000LL
#define GEN		((struct gen *)0)

static void parse_text(const struct keyword *keyword, const char *text, void *member)
{
	(void)keyword;
	memcpy(member, &text, sizeof(text));
}

static void parse_sn(const struct keyword *keyword, const char *text, void *member)
{
	parse_number(keyword, text, member);
	if (*(uint8_t *)member != 12 && *(uint8_t *)member != 18)
		args_wrong(text, keyword->word, "12 or 18");
}

static const struct keyword keywords[] = {
	KEYWORD("remote", GEN->remote, GEN_REMOTE, parse_address),
	KEYWORD("teid", GEN->teid, GEN_TEID, parse_number, .min = 1, .max = UINT32_MAX),
	KEYWORD("port", GEN->port, GEN_PORT, parse_number, .min = 1, .max = 65535),
	KEYWORD("local", GEN->local, GEN_LOCAL, parse_address),
	KEYWORD("count", GEN->count, GEN_COUNT, parse_number, .min = 1, .max = UINT32_MAX),
	KEYWORD("rate", GEN->rate, GEN_RATE, parse_number, .max = NS_PER_S),
	KEYWORD("src", GEN->src, GEN_SRC, parse_address),
	KEYWORD("dst", GEN->dst, GEN_DST, parse_address),
	KEYWORD("size", GEN->size, GEN_SIZE, parse_number, .min = PACKET_MIN4, .max = PDCP_SDU_MAX),
	KEYWORD("sdu", GEN->sdu, GEN_SDU, parse_text),
	KEYWORD("pdu", GEN->pdu, GEN_PDU, parse_text),
	KEYWORD("type", GEN->type, GEN_TYPE, parse_enum, .names = &type_names),
	KEYWORD("sn", GEN->sn, GEN_SN, parse_sn, .max = 18),
	KEYWORD("mac-i", GEN->mac, GEN_MAC, parse_switch),
	KEYWORD("first", GEN->first, GEN_FIRST, parse_number, .max = UINT32_MAX),
};

/* Contents ------------------------------------------------------------------------ */

static size_t hex_take(const char *word, const char *text, uint8_t *octets, size_t size)
{
	ssize_t len = hex_parse(text, octets, size);

	if (len == -E2BIG)
		usage_error("\"%s\" is longer than %zu octets", word, size);
	if (len <= 0)
		usage_error("argument \"%.40s\" is wrong: \"%s\" is pairs of hexadecimal digits",
			    text, word);
	return len;
}

static size_t header_len(const struct gen *gen)
{
	if (gen->pdu)
		return 0;
	return gen->sn == 18 ? 3 : 2;
}

/* D/C bit, and the last bits of COUNT; TS 38.323 6.2.2. */
static void header_put(struct gen *gen, uint32_t count)
{
	uint32_t value = count & ((1U << gen->sn) - 1);
	size_t len = header_len(gen), i;

	if (gen->type == GEN_DRB)
		value |= 1U << (8 * len - 1);
	for (i = 0; i < len; i++)
		gen->body[i - len] = value >> 8 * (len - 1 - i);
}

static size_t packet_put(struct gen *gen)
{
	if (gen->size < (gen->src.len == 4 ? PACKET_MIN4 : PACKET_MIN6))
		usage_error("\"size\" is too small for an IPv6 packet: %d", PACKET_MIN6);
	packet_make(gen->body, gen->size, &gen->src, &gen->dst);
	return gen->size;
}

/* TS 29.281 5.1: version 1, GTP, no options; G-PDU. */
static void gtpu_put(struct gen *gen)
{
	uint32_t teid = htonl(gen->teid);
	uint16_t len = htons(gen->len - GTPU_LEN);

	gen->octets[0] = 0x30;
	gen->octets[1] = 0xff;
	memcpy(gen->octets + 2, &len, sizeof(len));
	memcpy(gen->octets + 4, &teid, sizeof(teid));
}

static void gen_fill(struct gen *gen)
{
	size_t len;

	gen->body = gen->octets + GTPU_LEN + header_len(gen);
	if (gen->pdu)
		len = hex_take("pdu", gen->pdu, gen->body, 3 + PDCP_SDU_MAX + MAC_LEN);
	else if (gen->sdu)
		len = hex_take("sdu", gen->sdu, gen->body, PDCP_SDU_MAX);
	else
		len = packet_put(gen);
	gen->len = gen->body - gen->octets + len + (gen->pdu || !gen->mac ? 0 : MAC_LEN);
	gtpu_put(gen);
}

static void gen_number(struct gen *gen, uint32_t count)
{
	if (gen->pdu)
		return;
	header_put(gen, count);
	if (!gen->sdu)
		packet_number(gen->body, gen->size, count);
}

/* Sending --------------------------------------------------------------------------- */

static socklen_t sockaddr_make(struct sockaddr_storage *storage, const struct pdcp_addr *addr,
			       uint16_t port)
{
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)storage;
	struct sockaddr_in *in = (struct sockaddr_in *)storage;

	memset(storage, 0, sizeof(*storage));
	if (addr->len == 4) {
		in->sin_family = AF_INET;
		in->sin_port = htons(port);
		memcpy(&in->sin_addr, addr->octets, addr->len);
		return sizeof(*in);
	}
	in6->sin6_family = AF_INET6;
	in6->sin6_port = htons(port);
	memcpy(&in6->sin6_addr, addr->octets, addr->len);
	return sizeof(*in6);
}

/* For good: nothing else happens in this process. */
static void netns_enter(const struct ctl *ctl)
{
	int fd = netns_open(ctl);
	int err = fd < 0 ? -fd : 0;

	if (!err && setns(fd, CLONE_NEWNET))
		err = errno;
	if (err) {
		fprintf(stderr, "Error: network namespace \"%s\": %s.\n", ctl->netns,
			strerror(err));
		ctl_exit(EXIT_REFUSED);
	}
	close(fd);
}

static int socket_open(const struct gen *gen)
{
	int family = gen->remote.len == 4 ? AF_INET : AF_INET6;
	int fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct sockaddr_storage addr;
	socklen_t len;
	int ret = 0;

	if (fd >= 0 && gen->local.len) {
		len = sockaddr_make(&addr, &gen->local, 0);
		ret = bind(fd, (struct sockaddr *)&addr, len);
	}
	len = sockaddr_make(&addr, &gen->remote, gen->port);
	if (fd < 0 || ret || connect(fd, (struct sockaddr *)&addr, len)) {
		fprintf(stderr, "Error: socket: %s.\n", strerror(errno));
		ctl_exit(EXIT_REFUSED);
	}
	return fd;
}

/* What ends it; blocked, and waited for between two PDUs. */
static void signals_block(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGINT);
	sigaddset(signals, SIGTERM);
	sigprocmask(SIG_BLOCK, signals, NULL);
}

/* ns since @start. */
static int64_t elapsed(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - start->tv_sec) * NS_PER_S + now.tv_nsec - start->tv_nsec;
}

/* Until it is the turn of PDU @number. Return: false if it is not to be sent any more. */
static bool turn_await(const struct gen *gen, const struct timespec *start, uint64_t number,
		       const sigset_t *signals)
{
	int64_t left = 0;
	struct timespec time;

	if (gen->rate)
		left = number / gen->rate * NS_PER_S + number % gen->rate * NS_PER_S / gen->rate -
		       elapsed(start);
	if (left < 0)
		left = 0;
	time = (struct timespec){ .tv_sec = left / NS_PER_S, .tv_nsec = left % NS_PER_S };
	return sigtimedwait(signals, NULL, &time) < 0;
}

/* That nobody listened, which ICMP tells of a PDU before, is no failure. */
static bool pdu_send(const struct gen *gen, int fd)
{
	while (send(fd, gen->octets, gen->len, 0) < 0) {
		if (errno == ECONNREFUSED || errno == ENOBUFS || errno == EINTR)
			continue;
		fprintf(stderr, "Error: sending: %s.\n", strerror(errno));
		return false;
	}
	return true;
}

/* Return: whether all was sent, unless it was interrupted. */
static bool gen_send(struct gen *gen, int fd, const struct timespec *start, uint64_t *sent)
{
	sigset_t signals;

	signals_block(&signals);
	for (*sent = 0; !gen->count || *sent < gen->count; ++*sent) {
		if (!turn_await(gen, start, *sent, &signals))
			break;
		gen_number(gen, gen->first + *sent);
		if (!pdu_send(gen, fd))
			return false;
	}
	return true;
}

static void gen_text(FILE *out, const json_t *object)
{
	fputs("sent", out);
	text_members(out, object, "pdus octets seconds");
	fputc('\n', out);
}

static int gen_report(const struct ctl *ctl, const struct gen *gen, uint64_t sent, int64_t time)
{
	json_t *object = json_object();
	int status;

	object_set(object, "pdus", json_integer(sent));
	object_set(object, "octets", json_integer(sent * (gen->len - GTPU_LEN)));
	object_set(object, "seconds", json_real(time / (double)NS_PER_S));
	status = output_line(ctl, object, gen_text);
	json_decref(object);
	return status;
}

/* Command ----------------------------------------------------------------------------- */

static void gen_check(const struct gen *gen, uint64_t has)
{
	static const uint64_t made = PDCP_HAS(GEN_SRC) | PDCP_HAS(GEN_DST);

	if (!(has & PDCP_HAS(GEN_REMOTE)))
		usage_error("\"remote\" is missing: the address of the leg's end");
	if (!(has & PDCP_HAS(GEN_TEID)))
		usage_error("\"teid\" is missing: the tunnel's there");
	if (!!gen->sdu + !!gen->pdu + !!(has & made) != 1)
		usage_error("one of \"sdu\", \"pdu\", and \"src\" with \"dst\" says what to send");
	if (has & made && ((has & made) != made || gen->src.len != gen->dst.len))
		usage_error("\"src\" and \"dst\" are two addresses of a family");
	if (gen->local.len && gen->local.len != gen->remote.len)
		usage_error("\"local\" and \"remote\" are two addresses of a family");
}

static int gen_run(struct ctl *ctl, struct args *args)
{
	static struct gen gen = { .port = GTPU_PORT, .rate = 1, .size = SDU_SIZE, .sn = 12 };
	struct timespec start;
	uint64_t has = 0, sent;
	int fd, status;
	bool done;

	while (args_more(args)) {
		if (!args_keyword(args, keywords, ARRAY_SIZE(keywords), &gen, &has))
			args_unknown(args);
	}
	gen_check(&gen, has);
	gen_fill(&gen);
	if (ctl->netns)
		netns_enter(ctl);
	fd = socket_open(&gen);
	clock_gettime(CLOCK_MONOTONIC, &start);
	done = gen_send(&gen, fd, &start, &sent);
	status = gen_report(ctl, &gen, sent, elapsed(&start));
	close(fd);
	return done ? status : EXIT_REFUSED;
}

const struct object gen_object = {
	.name = "gen",
	.usage = usage,
	.run = gen_run,
};
