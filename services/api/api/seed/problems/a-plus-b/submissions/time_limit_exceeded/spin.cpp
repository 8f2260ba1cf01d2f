#include <iostream>

int main() {
    long long a, b;
    std::cin >> a >> b;
    volatile unsigned long long turns = 0;
    for (;;) turns = turns + 1;
}
