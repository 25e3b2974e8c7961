package dev.reprise.provider.wire;

import dev.reprise.json.Json;
import dev.reprise.json.JsonFormatException;
import dev.reprise.json.JsonObject;
import dev.reprise.provider.ProviderReply.Again;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a provider has stored with a task between two calls: see {@link Again#carry()}.
 *
 * @param without the optional parameters that were refused by name
 * @param replacing the parameters to be sent under another name, by the name that was refused
 * @param turn the content blocks of a paused turn, as they came
 */
public record ProviderHandover(Set<String> without, Map<String, String> replacing, List<@Nullable Object> turn) {

    /** Nothing was stored. */
    public static final ProviderHandover NONE = new ProviderHandover(Set.of(), Map.of(), List.of());

    private static final String WITHOUT = "without";
    private static final String REPLACING = "replacing";
    private static final String TURN = "turn";

    /** Copies. */
    public ProviderHandover {
        without = Set.copyOf(without);
        replacing = Map.copyOf(replacing);
        turn = Collections.unmodifiableList(new ArrayList<>(turn));
    }

    /** Reads what was stored; what cannot be read counts as nothing. */
    public static ProviderHandover of(@Nullable String text) {
        if (text == null) {
            return NONE;
        }
        try {
            var stored = Json.readObject(text);
            var turn = new ArrayList<@Nullable Object>();
            if (stored.get(TURN) instanceof List<?> blocks) {
                turn.addAll(blocks);
            }
            return new ProviderHandover(Set.copyOf(stored.strings(WITHOUT)), stored.texts(REPLACING), turn);
        } catch (JsonFormatException e) {
            return NONE;
        }
    }

    /** The same, without one more parameter. */
    public ProviderHandover without(String parameter) {
        var more = new LinkedHashSet<>(without);
        more.add(parameter);
        return new ProviderHandover(more, replacing, turn);
    }

    /** The same, with one more parameter under another name. */
    public ProviderHandover replacing(String refused, String name) {
        var more = new LinkedHashMap<>(replacing);
        more.put(refused, name);
        return new ProviderHandover(without, more, turn);
    }

    /** The same, with more of the paused turn. */
    public ProviderHandover paused(List<? extends @Nullable Object> blocks) {
        var more = new ArrayList<@Nullable Object>(turn);
        more.addAll(blocks);
        return new ProviderHandover(without, replacing, more);
    }

    /** The same, with what is known beside it. */
    ProviderHandover with(Set<String> refused) {
        var more = new LinkedHashSet<>(without);
        more.addAll(refused);
        return new ProviderHandover(more, replacing, turn);
    }

    /** The text of the paused turn's text blocks. */
    String text() {
        return new JsonObject(Map.of(TURN, turn))
                .objects(TURN).stream()
                        .filter(block -> "text".equals(block.string("type")))
                        .map(block -> block.string("text"))
                        .filter(text -> text != null)
                        .collect(Collectors.joining());
    }

    /** As a text to store. */
    public String encode() {
        var stored = new LinkedHashMap<String, @Nullable Object>();
        stored.put(WITHOUT, without.stream().sorted().toList());
        stored.put(REPLACING, replacing);
        stored.put(TURN, turn);
        return Json.write(stored);
    }
}
