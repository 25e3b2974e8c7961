package dev.reprise.examples.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was typed behind a command, told apart into options and operands. */
public final class Arguments {

    private final Map<String, List<String>> values = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    private Arguments() {}

    /**
     * Reads what was typed; a value follows its option after a space or a {@code =}.
     *
     * @param typed the words
     * @param options what the command takes
     * @throws UsageException for an unknown option, and for one whose value is missing
     */
    public static Arguments parse(List<String> typed, List<Option> options) {
        var arguments = new Arguments();
        var words = typed.iterator();
        while (words.hasNext()) {
            var word = words.next();
            if (!word.startsWith("-") || word.equals("-")) {
                arguments.operands.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            var name = equals < 0 ? word : word.substring(0, equals);
            var option = options.stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("unknown option: " + name));
            if (!option.takesValue()) {
                if (equals >= 0) {
                    throw new UsageException(name + " takes no value: " + word);
                }
                arguments.put(name, "");
            } else if (equals >= 0) {
                arguments.put(name, word.substring(equals + 1));
            } else if (words.hasNext()) {
                arguments.put(name, words.next());
            } else {
                throw new UsageException(name + " needs a value: " + option.usage());
            }
        }
        return arguments;
    }

    /** What is no option, in order. */
    public List<String> operands() {
        return List.copyOf(operands);
    }

    /** Whether an option was given. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The values of an option that may be given repeatedly. */
    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /** The value of an option; the last one counts. */
    public Optional<String> value(String name) {
        var all = all(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The value of an option as a whole number. */
    public long number(String name, long otherwise, long min, long max) {
        var text = value(name).orElse(null);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as a number out of range.
        }
        throw new UsageException(name + " must be a whole number from " + min + " to " + max + ": " + text);
    }

    /** The value of an option as a share, 0 to 1. */
    public double share(String name, double otherwise) {
        var text = value(name).orElse(null);
        if (text == null) {
            return otherwise;
        }
        try {
            double share = Double.parseDouble(text);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as a number out of range.
        }
        throw new UsageException(name + " must be a number from 0 to 1: " + text);
    }

    /** The value of an option as a duration. */
    public Duration duration(String name, Duration otherwise) {
        return value(name)
                .map(text -> Durations.read(text)
                        .orElseThrow(
                                () -> new UsageException(name + " must be a duration, as 150ms, 0.1s or 2m: " + text)))
                .orElse(otherwise);
    }

    private void put(String name, String value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }
}
