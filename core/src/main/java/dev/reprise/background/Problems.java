package dev.reprise.background;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong at present: each problem is logged once when it begins and once when it is over. Thread-safe. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private final Map<String, String> present = new ConcurrentHashMap<>();

    /** An activity failed; it will be tried again. */
    public void failed(String activity, Throwable cause) {
        try {
            var before = present.put(activity, activity + ": " + cause);
            if (before == null) {
                LOG.warn("{} failed and will be tried again", activity, cause);
            }
        } catch (Throwable e) { // there may be no memory to tell of it, or its own words may fail
            present.putIfAbsent(activity, activity);
        }
    }

    /** Something works less well than it should; an empty list when it does not any more. */
    public void told(String what, List<String> problems) {
        if (problems.isEmpty()) {
            succeeded(what);
            return;
        }
        var text = String.join("; ", problems);
        if (!text.equals(present.put(what, text))) {
            LOG.warn("{}: {}", what, text);
        }
    }

    /** Something is not as it should be, which nothing thrown tells; who calls says so in the log. */
    public void present(String activity, String what) {
        present.put(activity, activity + ": " + what);
    }

    /** An activity went well. */
    public void succeeded(String activity) {
        if (!present.isEmpty() && present.remove(activity) != null) {
            LOG.info("{} works again", activity);
        }
    }

    /** What is wrong, for people. */
    public List<String> list() {
        return new ArrayList<>(present.values());
    }
}
