#include <iostream>
#include <string>
int main() {
    int low = 1, high = 1000;
    for (std::string word; word != "correct";) {
        int guess = (low + high) / 2;
        std::cout << guess << std::endl;
        std::cin >> word;
        if (word == "higher") low = guess + 1;
        if (word == "lower") high = guess - 1;
    }
}
