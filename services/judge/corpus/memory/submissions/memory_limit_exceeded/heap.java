import java.util.*;
class Heap { public static void main(String[] args) { List<int[]> l = new ArrayList<>(); for (;;) l.add(new int[100000]); } }