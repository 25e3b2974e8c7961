package dev.reprise.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong at present: each trouble is logged once when it begins and once when it is over. Thread-safe. */
final class Troubles {

    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private final Map<String, String> present = new ConcurrentHashMap<>();

    /** An activity failed; it will be tried again. */
    void failed(String activity, Throwable cause) {
        var before = present.put(activity, activity + ": " + cause);
        if (before == null) {
            LOG.warn("{} failed and will be tried again", activity, cause);
        }
    }

    /** An activity went well. */
    void well(String activity) {
        if (!present.isEmpty() && present.remove(activity) != null) {
            LOG.info("{} works again", activity);
        }
    }

    /** What is wrong, for people. */
    List<String> list() {
        return new ArrayList<>(present.values());
    }
}
