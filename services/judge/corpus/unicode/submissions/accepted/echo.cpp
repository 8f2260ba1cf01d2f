#include <iostream>
#include <string>
int main() { std::string s; std::getline(std::cin, s); int n = 0; for (unsigned char c : s) n += (c & 0xC0) != 0x80; std::cout << s << " " << n << std::endl; }