#include <stdio.h>

/* checker input output answer, as testlib has it: 0 yes, 1 no, 2 not even the form, 3 ours. */
int main(int argc, char** argv) {
    if (argc != 4) return 3;
    FILE *input = fopen(argv[1], "r"), *output = fopen(argv[2], "r"), *answer = fopen(argv[3], "r");
    long long n, known, a, b;
    char more;
    if (!input || !output || !answer) return 3;
    if (fscanf(input, "%lld", &n) != 1 || fscanf(answer, "%lld", &known) != 1 || n % known) return 3;
    if (fscanf(output, "%lld %lld", &a, &b) != 2 || fscanf(output, " %c", &more) == 1) {
        fprintf(stderr, "wrong output format\n");
        return 2;
    }
    if (a < 2 || b < 2 || a > n || n % a || n / a != b) {
        fprintf(stderr, "wrong answer: not factors\n");
        return 1;
    }
    fprintf(stderr, "ok\n");
    return 0;
}
