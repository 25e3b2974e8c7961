package dev.reprise.examples.command;

import java.util.List;

/** One thing that the examples' jar can do. */
public interface Command {

    /** It did all that it promised. */
    int DONE = 0;

    /** Something that it promised is missing; it has said what. */
    int FAILED = 1;

    /** It was called wrongly, and has done nothing. */
    int MISUSED = 2;

    /** The word to call it by. */
    String name();

    /** What it does, in one line. */
    String summary();

    /** What may follow its options, as {@code [brief.md]}; empty when nothing may. */
    default String operands() {
        return "";
    }

    /** What it takes besides {@code --help}. */
    List<Option> options();

    /**
     * Does it.
     *
     * @return the exit code
     * @throws UsageException when an option's value cannot be used
     * @throws Exception when something unforeseen comes in between
     */
    int run(Arguments arguments, Shell shell) throws Exception;
}
