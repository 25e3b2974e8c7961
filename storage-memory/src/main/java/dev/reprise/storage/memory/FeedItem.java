package dev.reprise.storage.memory;

import dev.reprise.store.PagePoint;

/** What a feed lists: a batch, or a task by itself. */
sealed interface FeedItem permits TaskEntry, BatchEntry {

    /** Where it stands. */
    PagePoint point();
}
