#include <stdio.h>
int main(void) { int x = 0; __asm__("movl $1, %0" : "=r"(x)); printf("%d\n", x); return 0; }