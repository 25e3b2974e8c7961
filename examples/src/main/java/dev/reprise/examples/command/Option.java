package dev.reprise.examples.command;

/**
 * An option of a command.
 *
 * @param name as it is typed, with its dashes
 * @param value what its value is called in the help, or empty for an option without one
 * @param help what it does, in one line
 */
public record Option(String name, String value, String help) {

    /** An option that is there or not. */
    public static Option flag(String name, String help) {
        return new Option(name, "", help);
    }

    /** An option with a value. */
    public static Option of(String name, String value, String help) {
        return new Option(name, value, help);
    }

    boolean takesValue() {
        return !value.isEmpty();
    }

    /** How it is typed. */
    String usage() {
        return takesValue() ? name + " " + value : name;
    }
}
