package dev.reprise.examples.variations;

import java.util.Collection;

/** Where slots are shown. Called by one thread at a time. */
interface Screen {

    /**
     * A slot has changed.
     *
     * @param slot how it stands now
     * @param news whether it is worth telling where nothing can be redrawn
     * @param all all slots that are on show, that one included
     */
    void changed(Slot slot, boolean news, Collection<Slot> all);

    /** What has been shown stays; the next slots come below. */
    void leave();
}
