#include <bits/stdc++.h>
#include <ext/pb_ds/assoc_container.hpp>
#include <ext/pb_ds/tree_policy.hpp>
using namespace __gnu_pbds;
int main() { tree<int, null_type, std::less<int>, rb_tree_tag, tree_order_statistics_node_update> t; int n, s = 0, x; std::cin >> n; while (std::cin >> x) { t.insert(x); s += x; } std::cout << s + int(t.order_of_key(0)); }