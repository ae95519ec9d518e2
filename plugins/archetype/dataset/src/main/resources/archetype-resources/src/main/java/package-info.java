/** Reads images that a file lists: write here what the plugin does. */
package ${package};
