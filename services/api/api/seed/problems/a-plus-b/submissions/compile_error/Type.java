public class Type {
    public static void main(String[] args) {
        int sum = "3";
        System.out.println(sum);
    }
}
