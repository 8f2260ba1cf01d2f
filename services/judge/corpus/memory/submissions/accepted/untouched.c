#include <stdio.h>
static char huge[1 << 30];
int main(void) { printf("%d\n", huge[5] + 1); return 0; }