#include <stdio.h>
int main(void) { puts("1"); for (;;) fputs("flood\n", stderr); }