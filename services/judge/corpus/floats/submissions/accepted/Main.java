import java.util.*;
public class Main { public static void main(String[] args) { System.out.println(Math.sqrt(new Scanner(System.in).nextDouble())); } }