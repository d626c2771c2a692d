// Loads what a page needs.
