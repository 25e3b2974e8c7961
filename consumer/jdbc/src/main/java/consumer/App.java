package consumer;

import dev.reprise.failure.FailureKind;

/** What an application does first. */
public final class App {
    private App() {}

    public static void main(String[] args) {
        System.out.println("App knows " + FailureKind.values().length + " kinds of failure, in "
                + (App.class.getModule().isNamed() ? "a module" : "the class path"));
    }
}
