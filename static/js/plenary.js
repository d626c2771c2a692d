// Loads what makes pages quicker. Each module does nothing where its elements are absent.
document.cookie = "script=1; path=/; max-age=31536000; samesite=lax";

import "./when.js";
import "./zone.js";
import "./live.js";
import "./here.js";
import "./composer.js";
import "./board.js";
import "./drag.js";
import "./read.js";
import "./scrub.js";
import "./keys.js";
import "./menu.js";
import "./clock.js";
import "./room.js";
