package dev.reprise.generation;

import dev.reprise.failure.InvalidRequestException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Extracts a number from a text into its metadata: the request's setting of that name, else the first match in the text,
 * else a default; then clamped. A number has at most 1,000 characters. Other values may be derived from it. Immutable;
 * each method returns a new extractor.
 *
 * <pre>{@code
 * extractNumber("fps", "fps\\s*=\\s*(\\d+)").orElse(30).clamp(15, 60)
 *         .derive("durationInFrames", "durationInSeconds", 10, BigDecimal::multiply)
 * }</pre>
 */
public final class NumberExtractor implements OutputProcessor {

    private static final int MAX_PLACES = 1_000;
    /** Reading a number takes time by the square of its digits. */
    private static final int MAX_LENGTH = 1_000;

    private final String name;
    private final Pattern pattern;
    private final @Nullable BigDecimal fallback;
    private final @Nullable Range range;
    private final Map<String, BiFunction<BigDecimal, Map<String, String>, BigDecimal>> derived;
    /** The settings that must be numbers, should they be given. */
    private final Set<String> numbers;

    private NumberExtractor(
            String name,
            Pattern pattern,
            @Nullable BigDecimal fallback,
            @Nullable Range range,
            Map<String, BiFunction<BigDecimal, Map<String, String>, BigDecimal>> derived,
            Set<String> numbers) {
        this.name = name;
        this.pattern = pattern;
        this.fallback = fallback;
        this.range = range;
        this.derived = derived;
        this.numbers = numbers;
    }

    static NumberExtractor of(String name, String pattern) {
        try {
            var compiled = Pattern.compile(pattern);
            if (compiled.matcher("").groupCount() < 1) {
                throw new InvalidRequestException("pattern", pattern, "must have a group for the number");
            }
            return new NumberExtractor(name, compiled, null, null, Map.of(), Set.of(name));
        } catch (PatternSyntaxException e) {
            throw new InvalidRequestException("pattern", pattern, "must be a regular expression");
        }
    }

    /** The number when neither the settings nor the text have one; without a default such a text is rejected. */
    public NumberExtractor orElse(double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidRequestException("orElse", value, "must be a finite number");
        }
        return new NumberExtractor(name, pattern, BigDecimal.valueOf(value), range, derived, numbers);
    }

    /** Moves a number outside of the range to its nearest end; applies to the request's setting as well. */
    public NumberExtractor clamp(double min, double max) {
        if (!(min <= max && Double.isFinite(min) && Double.isFinite(max))) {
            throw new InvalidRequestException("clamp", min + " to " + max, "must be a range");
        }
        var clamped = new Range(BigDecimal.valueOf(min), BigDecimal.valueOf(max));
        return new NumberExtractor(name, pattern, fallback, clamped, derived, numbers);
    }

    /**
     * Adds a value computed from the number and the request's settings, rounded to whole numbers half up. The settings
     * are not checked before the generation is stored, and a formula that throws on one rejects every output: what reads
     * a setting as a number is better given to {@link #derive(String, String, double, BinaryOperator)}.
     *
     * @param key its name in the metadata
     */
    public NumberExtractor derive(String key, BiFunction<BigDecimal, Map<String, String>, BigDecimal> formula) {
        return derive(key, formula, numbers);
    }

    /**
     * Adds a value computed from the number and one of the request's settings that is a number, too; rounded to whole
     * numbers half up. A request whose setting is none is refused before anything is stored.
     *
     * @param key its name in the metadata
     * @param setting the name of the setting
     * @param orElse the setting when the request does not have it
     * @param formula takes the number and the setting
     */
    public NumberExtractor derive(String key, String setting, double orElse, BinaryOperator<BigDecimal> formula) {
        if (!Double.isFinite(orElse)) {
            throw new InvalidRequestException("orElse", orElse, "must be a finite number");
        }
        var standard = BigDecimal.valueOf(orElse);
        var more = new LinkedHashSet<>(numbers);
        more.add(setting);
        return derive(
                key,
                (number, settings) -> {
                    var given = number(settings.get(setting));
                    return formula.apply(number, given == null ? standard : given);
                },
                more);
    }

    private NumberExtractor derive(
            String key, BiFunction<BigDecimal, Map<String, String>, BigDecimal> formula, Set<String> numericSettings) {
        var more = new LinkedHashMap<>(derived);
        more.put(key, formula);
        return new NumberExtractor(name, pattern, fallback, range, more, numericSettings);
    }

    @Override
    public void checkSettings(Map<String, String> settings) {
        var wrong = noNumber(settings);
        if (wrong != null) {
            throw new InvalidRequestException(
                    "settings." + wrong, String.valueOf(settings.get(wrong)), "must be a number");
        }
    }

    private @Nullable String noNumber(Map<String, String> settings) {
        for (String setting : numbers) {
            var value = settings.get(setting);
            if (value != null && number(value) == null) {
                return setting;
            }
        }
        return null;
    }

    @Override
    public ProcessedOutput process(String text, Map<String, String> settings) {
        var wrong = noNumber(settings);
        if (wrong != null) {
            return ProcessedOutput.rejected("the setting " + wrong + " is not a number");
        }
        var number = find(text, settings);
        if (number == null) {
            return ProcessedOutput.rejected("no " + name + " found");
        }
        var clamped = range == null ? number : number.max(range.min).min(range.max);
        var metadata = new HashMap<String, String>();
        metadata.put(name, plain(clamped));
        derived.forEach((key, formula) ->
                metadata.put(key, plain(formula.apply(clamped, settings).setScale(0, RoundingMode.HALF_UP))));
        return ProcessedOutput.accepted(text, metadata);
    }

    private @Nullable BigDecimal find(String text, Map<String, String> settings) {
        var override = settings.get(name);
        if (override != null) {
            return number(override);
        }
        var matcher = pattern.matcher(new StoppableText(text));
        var found = matcher.find() ? number(matcher.group(1)) : null;
        return found == null ? fallback : found;
    }

    private static @Nullable BigDecimal number(@Nullable String text) {
        try {
            var number = text == null || text.length() > MAX_LENGTH ? null : new BigDecimal(text.strip());
            // Written plainly, 1e999999999 would take the machine down.
            return number == null || Math.abs((long) number.scale()) > MAX_PLACES ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private record Range(BigDecimal min, BigDecimal max) {}
}
