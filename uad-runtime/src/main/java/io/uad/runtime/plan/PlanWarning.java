package io.uad.runtime.plan;

/**
 * What will probably go wrong, or worse than it could.
 *
 * @param what was found
 * @param fix what to do about it
 */
public record PlanWarning(String what, String fix) {}
