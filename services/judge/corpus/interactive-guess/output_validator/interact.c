#include <stdio.h>
#include <string.h>

/* interactor input answer feedback_dir/: at most ten guesses. */
int main(int argc, char** argv) {
    char message[4096];
    int secret, guess;
    FILE* input = fopen(argv[1], "r");
    if (argc < 4 || !input || fscanf(input, "%d", &secret) != 1) return 1;
    snprintf(message, sizeof message, "%sjudgemessage.txt", argv[3]);
    FILE* judge = fopen(message, "w");
    if (!judge) return 1;
    for (int turn = 1; turn <= 10; turn++) {
        if (scanf("%d", &guess) != 1) {
            fprintf(judge, "no number in turn %d\n", turn);
            return 43;
        }
        if (guess == secret) {
            puts("correct");
            return 42;
        }
        puts(guess < secret ? "higher" : "lower");
        fflush(stdout);
    }
    fprintf(judge, "ten wrong guesses\n");
    return 43;
}
