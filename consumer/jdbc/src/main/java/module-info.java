module consumer {
    requires dev.reprise.storage.jdbc;
}
