#include <stdio.h>
int main(void) { printf("abc\r\n"); return 0; }