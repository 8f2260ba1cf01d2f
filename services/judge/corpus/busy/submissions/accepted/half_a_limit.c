#include <stdio.h>
#include <time.h>
int main(void) { while (clock() < CLOCKS_PER_SEC / 4) {} puts("1"); return 0; }