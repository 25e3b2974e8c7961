package dev.reprise.provider.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** Objects of a body whose members keep their order: the same request is the same bytes, which prompt caches go by. */
public final class Members {

    private Members() {}

    /** An object of one member. */
    public static Map<String, Object> of(String name, Object value) {
        var object = new LinkedHashMap<String, Object>();
        object.put(name, value);
        return object;
    }

    /** An object of two members. */
    public static Map<String, Object> of(String name, Object value, String name2, Object value2) {
        var object = of(name, value);
        object.put(name2, value2);
        return object;
    }

    /** An object of three members. */
    public static Map<String, Object> of(
            String name, Object value, String name2, Object value2, String name3, Object value3) {
        var object = of(name, value, name2, value2);
        object.put(name3, value3);
        return object;
    }
}
