class Helper { static int five() { return 5; } }
class Program { public static void main(String[] a) { System.out.println(Helper.five()); } }