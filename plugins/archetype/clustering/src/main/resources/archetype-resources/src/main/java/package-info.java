/** Clusters by farthest-first traversal: write here what the plugin does, and its source. */
package ${package};
