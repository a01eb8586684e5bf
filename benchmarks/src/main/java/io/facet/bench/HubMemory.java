package io.facet.bench;

/**
 * Resident memory of all processes of a hub, every page counted once (the sum of the proportional
 * set sizes).
 *
 * @param residentMb all of it, in 10^6 bytes
 * @param jvmMb of the hub's JVM, index and networks included
 * @param databaseMb of the embedded PostgreSQL
 * @param databaseProcesses of PostgreSQL
 */
record HubMemory(double residentMb, double jvmMb, double databaseMb, int databaseProcesses) {
    private static final double MEGA = 1e6;

    static HubMemory of(long jvm, long database, int processes) {
        return new HubMemory((jvm + database) / MEGA, jvm / MEGA, database / MEGA, processes);
    }

    /** The larger of two looks. */
    HubMemory max(HubMemory other) {
        return residentMb >= other.residentMb ? this : other;
    }
}
