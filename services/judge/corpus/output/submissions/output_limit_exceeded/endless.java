/* PrintStream swallows the error of a file at its limit: without a look from outside this would
   print until its time is over. */
public class endless {
    public static void main(String[] args) {
        while (true) {
            System.out.println("never enough");
        }
    }
}
