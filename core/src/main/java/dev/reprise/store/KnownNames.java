package dev.reprise.store;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that a process has registered, and so what it can run.
 *
 * @param providers names of providers
 * @param processors names of output processors
 * @param handlers names of the app's own handlers
 */
public record KnownNames(Set<String> providers, Set<String> processors, Set<String> handlers) {

    /** Copies the sets. */
    public KnownNames {
        providers = Set.copyOf(providers);
        processors = Set.copyOf(processors);
        handlers = Set.copyOf(handlers);
    }

    /** Whether this process can run a task with these names. */
    public boolean canRun(TaskLabels labels) {
        return knows(providers, labels.provider())
                && knows(processors, labels.processor())
                && knows(handlers, labels.handler());
    }

    private static boolean knows(Set<String> names, @Nullable String name) {
        return name == null || names.contains(name);
    }
}
