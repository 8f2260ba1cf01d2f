#include <stdio.h>
int main(void) { puts("0 1 2 3 3"); }
