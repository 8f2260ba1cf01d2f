// public class Wrong {}
/* class Other { public static void main(String[] a) {} } */
class Right { static String s = "public class Liar {"; public static void main(String[] a) { System.out.println(5); } }