#include <stdio.h>
#include <string.h>
int main(void) { char s[100]; fgets(s, 100, stdin); s[strcspn(s, "\n")] = 0; printf("%s %zu\n", s, strlen(s)); return 0; }