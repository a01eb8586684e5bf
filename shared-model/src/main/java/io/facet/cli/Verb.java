package io.facet.cli;

import java.util.concurrent.Callable;

/**
 * One verb of {@code ./facet}: a picocli {@code @Command} class, found through {@link
 * java.util.ServiceLoader}. The returned status is the process's exit status.
 */
public interface Verb extends Callable<Integer> {}
