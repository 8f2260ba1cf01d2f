class First { public static void main(String[] a) { System.out.println(new Second().five()); } }
class Second { int five() { return 5; } }