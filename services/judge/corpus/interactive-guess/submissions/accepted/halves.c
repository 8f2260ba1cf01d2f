#include <stdio.h>
#include <string.h>
int main(void) {
    int low = 1, high = 1000;
    char word[32];
    for (;;) {
        int guess = (low + high) / 2;
        printf("%d\n", guess);
        fflush(stdout);
        if (scanf("%31s", word) != 1) return 1;
        if (!strcmp(word, "correct")) break;
        if (!strcmp(word, "higher")) low = guess + 1; else high = guess - 1;
    }
    /*END*/
    return 0;
}
