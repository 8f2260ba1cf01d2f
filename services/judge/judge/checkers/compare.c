/* Compares a program's output with the jury's answer, byte by byte in memory that is mapped from
   two descriptors, so that neither is ever held by Python and no other thread waits for it.

   Both sides are walked in step. While bytes are equal nothing else has to be known about them;
   blocks of 64 are compared at a time, and only at a difference does a rule look at what kind of
   bytes they are. White space is the six characters of C's isspace in the "C" locale. Everything
   else, NUL and invalid UTF-8 included, is an ordinary byte of a token.

   The rules of floats are those of the Kattis default validator: a token of the answer that is a
   decimal number is compared as one, by absolute or relative tolerance; the output's token must
   then be a decimal number too. "nan", "inf" and hexadecimal numbers are no decimal numbers:
   they are compared as text. */
#define _GNU_SOURCE
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum mode { MODE_TOKENS = 0, MODE_LINES = 1, MODE_EXACT = 2, MODE_FLOATS = 3 };
enum answer { SAME = 0, DIFFERENT = 1, CANNOT_READ = 2 };

struct options {
    int32_t mode, case_sensitive, space_sensitive;
    double absolute, relative; /* negative: not used */
};

struct difference {
    uint64_t answer_at, output_at; /* where the differing token or line starts */
    uint64_t line, token;          /* in the output, from 1 */
};

struct side {
    const unsigned char *start, *at, *end;
    const unsigned char *kept; /* what lies before was given back to the kernel, see let_go */
};

#define BLOCK 64
#define WINDOW ((size_t)8 << 20) /* a multiple of every page size */

static const bool SPACE[256] = {
    [' '] = true, ['\t'] = true, ['\n'] = true, ['\v'] = true, ['\f'] = true, ['\r'] = true,
};

static inline unsigned char lower(unsigned char byte) {
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte | 0x20) : byte;
}

static inline bool at_space(const struct side *s) { return s->at < s->end && SPACE[*s->at]; }

static inline bool at_gap(const struct side *s) { return s->at == s->end || SPACE[*s->at]; }

static inline void skip_space(struct side *s) {
    while (at_space(s)) s->at++;
}

/* Forget pages that were compared, so that two files of any size take two windows of memory. The
   mapping stays: looking back only reads them again. `kept` starts at a page and moves by windows. */
static void let_go(struct side *s) {
    while ((size_t)(s->at - s->kept) >= 2 * WINDOW) {
        madvise((void *)(uintptr_t)s->kept, WINDOW, MADV_DONTNEED);
        s->kept += WINDOW;
    }
}

/* Advance both over bytes that are the same, by at most a window; whether there may be more. */
static bool skip_window(struct side *a, struct side *o) {
    size_t left_a = (size_t)(a->end - a->at), left_o = (size_t)(o->end - o->at);
    size_t left = left_a < left_o ? left_a : left_o;
    const unsigned char *x = a->at, *y = o->at;
    bool more = left > WINDOW;
    if (more) left = WINDOW;
    while (left >= BLOCK && memcmp(x, y, BLOCK) == 0) {
        x += BLOCK;
        y += BLOCK;
        left -= BLOCK;
    }
    while (left > 0 && *x == *y) {
        x++;
        y++;
        left--;
    }
    a->at = x;
    o->at = y;
    return more && left == 0;
}

static void skip_same(struct side *a, struct side *o) {
    bool more;
    do {
        more = skip_window(a, o);
        let_go(a);
        let_go(o);
    } while (more);
}

/* Go back to the start of the token that both are in; they have the same bytes up to here. */
static void back_to_token(struct side *a, struct side *o) {
    while (a->at > a->start && o->at > o->start && !SPACE[a->at[-1]] && !SPACE[o->at[-1]]) {
        a->at--;
        o->at--;
    }
}

static const unsigned char *token_end(const struct side *s) {
    const unsigned char *p = s->at;
    while (p < s->end && !SPACE[*p]) p++;
    return p;
}

/* ---- numbers ---- */

#define MOST_DIGITS 18 /* 10^18 < 2^63: such a mantissa is exact */
#define LONGEST_NUMBER 100000 /* bytes; anything longer is text, so that memory stays flat */
#define MOST_SCALE 27  /* 10^27 = 5^27 * 2^27 with 5^27 < 2^63: exact in a long double */

static const long double POWER[MOST_SCALE + 1] = {
    1e0L,  1e1L,  1e2L,  1e3L,  1e4L,  1e5L,  1e6L,  1e7L,  1e8L,  1e9L,
    1e10L, 1e11L, 1e12L, 1e13L, 1e14L, 1e15L, 1e16L, 1e17L, 1e18L, 1e19L,
    1e20L, 1e21L, 1e22L, 1e23L, 1e24L, 1e25L, 1e26L, 1e27L,
};

struct number {
    uint64_t mantissa;
    int digits, scale; /* value = mantissa * 10^scale while digits <= MOST_DIGITS */
    bool negative, any;
};

static const unsigned char *read_digits(const unsigned char *p, const unsigned char *end,
                                        struct number *n, int step) {
    for (; p < end && *p >= '0' && *p <= '9'; p++) {
        n->any = true;
        if (n->mantissa > 0 || *p != '0') n->digits++;
        if (n->digits <= MOST_DIGITS) n->mantissa = n->mantissa * 10 + (uint64_t)(*p - '0');
        if (n->scale > -100000) n->scale -= step;
    }
    return p;
}

/* The exponent after 'e', or NULL when there is none that is well formed. */
static const unsigned char *read_exponent(const unsigned char *p, const unsigned char *end,
                                          int *exponent) {
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) p++;
    if (p == end) return NULL;
    int value = 0;
    for (; p < end && *p >= '0' && *p <= '9'; p++)
        if (value < 100000) value = value * 10 + (*p - '0');
    *exponent = negative ? -value : value;
    return p == end ? p : NULL;
}

/* What the fast way cannot do exactly goes to the C library, which wants a NUL at the end. */
static bool read_slowly(const unsigned char *from, size_t length, long double *value) {
    char small[128], *text = length < sizeof small ? small : malloc(length + 1);
    if (text == NULL) return false;
    memcpy(text, from, length);
    text[length] = '\0';
    *value = strtold(text, NULL);
    if (text != small) free(text);
    return true;
}

/* Whether the whole token is a decimal number: sign, digits with at most one point, exponent. */
static bool read_number(const unsigned char *from, const unsigned char *end, long double *value) {
    struct number n = {0};
    if (end - from > LONGEST_NUMBER) return false;
    const unsigned char *p = from;
    if (p < end && (*p == '-' || *p == '+')) n.negative = *p++ == '-';
    p = read_digits(p, end, &n, 0);
    if (p < end && *p == '.') p = read_digits(p + 1, end, &n, 1);
    if (!n.any) return false;
    if (p < end && (*p == 'e' || *p == 'E')) {
        int exponent = 0;
        p = read_exponent(p + 1, end, &exponent);
        if (p == NULL) return false;
        n.scale += exponent;
    }
    if (p != end) return false;
    if (n.digits > MOST_DIGITS || n.scale < -MOST_SCALE || n.scale > MOST_SCALE)
        return read_slowly(from, (size_t)(end - from), value);
    *value = (long double)n.mantissa;
    *value = n.scale < 0 ? *value / POWER[-n.scale] : *value * POWER[n.scale];
    if (n.negative) *value = -*value;
    return true;
}

static bool is_infinite(long double value) { return value - value != 0; }

static bool close_enough(long double answer, long double output, const struct options *how) {
    long double off = answer > output ? answer - output : output - answer;
    long double size = answer < 0 ? -answer : answer;
    /* both were rounded to 64 bits: what lies exactly on the tolerance must still pass */
    long double noise = (size + (output < 0 ? -output : output)) * 0x1p-62L;
    if (off == 0) return true;
    if (is_infinite(output)) return false;
    if (how->absolute > 0 && off <= (long double)how->absolute + noise) return true;
    return how->relative > 0 && off <= (long double)how->relative * size + noise;
}

/* ---- tokens ---- */

static bool same_text(const struct side *a, const unsigned char *a_end, const struct side *o,
                      const unsigned char *o_end, bool case_sensitive) {
    size_t length = (size_t)(a_end - a->at);
    if (length != (size_t)(o_end - o->at)) return false;
    if (case_sensitive) return memcmp(a->at, o->at, length) == 0;
    for (size_t i = 0; i < length; i++)
        if (lower(a->at[i]) != lower(o->at[i])) return false;
    return true;
}

/* Compare the tokens that both sides are at the start of, and step over them. */
static bool same_token(struct side *a, struct side *o, const struct options *how) {
    const unsigned char *a_end = token_end(a), *o_end = token_end(o);
    bool same;
    long double expected, found;
    if (how->mode == MODE_FLOATS && read_number(a->at, a_end, &expected) && !is_infinite(expected))
        same = read_number(o->at, o_end, &found) && close_enough(expected, found, how);
    else
        same = same_text(a, a_end, o, o_end, how->case_sensitive);
    if (same) {
        a->at = a_end;
        o->at = o_end;
    }
    return same;
}

static bool compare_tokens(struct side *a, struct side *o, const struct options *how) {
    for (;;) {
        skip_same(a, o);
        if (a->at == a->end && o->at == o->end) return true;
        if (how->case_sensitive == 0 && how->mode == MODE_TOKENS) {
            /* letters that differ only in case: nothing else has to be known */
            if (a->at < a->end && o->at < o->end && lower(*a->at) == lower(*o->at)) {
                a->at++;
                o->at++;
                continue;
            }
        }
        if (at_gap(a) && at_gap(o)) {
            /* both tokens ended (or none had begun): only white space differs */
            if (how->space_sensitive) return false;
            skip_space(a);
            skip_space(o);
            if (a->at == a->end || o->at == o->end) return a->at == a->end && o->at == o->end;
            if (!same_token(a, o, how)) return false;
            continue;
        }
        back_to_token(a, o);
        if (!how->space_sensitive) {
            skip_space(a);
            skip_space(o);
        }
        if (at_gap(a) || at_gap(o)) return false;
        if (!same_token(a, o, how)) return false;
    }
}

/* ---- lines ---- */

static const unsigned char *line_end(const struct side *s) {
    const unsigned char *found = memchr(s->at, '\n', (size_t)(s->end - s->at));
    return found == NULL ? s->end : found;
}

static const unsigned char *trimmed(const unsigned char *from, const unsigned char *end) {
    while (end > from && SPACE[end[-1]]) end--;
    return end;
}

/* White space at the ends of lines and empty lines at the end do not count. */
static bool compare_lines(struct side *a, struct side *o) {
    a->end = trimmed(a->at, a->end);
    o->end = trimmed(o->at, o->end);
    for (;;) {
        skip_same(a, o);
        if (a->at == a->end && o->at == o->end) return true;
        while (a->at > a->start && o->at > o->start && a->at[-1] != '\n') {
            a->at--;
            o->at--;
        }
        const unsigned char *a_end = line_end(a), *o_end = line_end(o);
        const unsigned char *a_last = trimmed(a->at, a_end), *o_last = trimmed(o->at, o_end);
        size_t length = (size_t)(a_last - a->at);
        if (length != (size_t)(o_last - o->at) || memcmp(a->at, o->at, length) != 0) return false;
        if ((a_end == a->end) != (o_end == o->end)) return false;
        a->at = a_end == a->end ? a_end : a_end + 1;
        o->at = o_end == o->end ? o_end : o_end + 1;
        a->start = a->at;
        o->start = o->at;
    }
}

static bool compare_exactly(struct side *a, struct side *o) {
    skip_same(a, o);
    return a->at == a->end && o->at == o->end;
}

/* ---- the way in ---- */

static bool open_side(int fd, struct side *s) {
    struct stat status;
    if (fstat(fd, &status) != 0) return false;
    size_t length = (size_t)status.st_size;
    static const unsigned char nothing[1];
    s->start = nothing;
    if (length > 0) {
        void *memory = mmap(NULL, length, PROT_READ, MAP_SHARED, fd, 0);
        if (memory == MAP_FAILED) return false;
        if (length > 1 << 16) madvise(memory, length, MADV_SEQUENTIAL);
        s->start = memory;
    }
    s->at = s->kept = s->start;
    s->end = s->start + length;
    return true;
}

static void close_side(const struct side *s) {
    if (s->end > s->start) munmap((void *)(uintptr_t)s->start, (size_t)(s->end - s->start));
}

static void describe(const struct side *answer, const struct side *output,
                     const unsigned char *answer_at, const unsigned char *output_at,
                     struct difference *where) {
    const unsigned char *p = output->start;
    bool inside = false;
    where->answer_at = (uint64_t)(answer_at - answer->start);
    where->output_at = (uint64_t)(output_at - output->start);
    where->line = where->token = 1;
    for (; p < output_at; p++) {
        if (*p == '\n') where->line++;
        if (SPACE[*p] && inside) where->token++;
        inside = !SPACE[*p];
    }
}

int compare(int answer_fd, int output_fd, const struct options *how, struct difference *where) {
    struct side answer, output, a, o;
    if (!open_side(answer_fd, &answer)) return CANNOT_READ;
    if (!open_side(output_fd, &output)) {
        close_side(&answer);
        return CANNOT_READ;
    }
    a = answer;
    o = output;
    bool same;
    if (how->mode == MODE_EXACT)
        same = compare_exactly(&a, &o);
    else if (how->mode == MODE_LINES)
        same = compare_lines(&a, &o);
    else
        same = compare_tokens(&a, &o, how);
    if (!same) describe(&answer, &output, a.at, o.at, where);
    close_side(&answer);
    close_side(&output);
    return same ? SAME : DIFFERENT;
}
